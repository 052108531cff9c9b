"""Names of the example world, as rows. Cities and countries exist; everybody and every works is invented."""

STEWARD = "steward"
CONSORTIA = {
    "wexshire-consortium": ("Wexshire Purchasing Consortium", "GBR"),
    "nordsam": ("Nordsam Joint Procurement", "SWE"),
}
# key: name, country, consortium, member since
AFFILIATES = {
    "aldermoor": ("City of Aldermoor", "GBR", None, "2021-04-01"),
    "wexcombe-university": ("Port Wexcombe University", "GBR", "wexshire-consortium", "2021-09-01"),
    "marlhaven": ("Marlhaven County Council", "GBR", "wexshire-consortium", "2022-04-01"),
    "norrvik": ("Region Norrvik", "SWE", "nordsam", "2020-01-01"),
    "alvsjoberg": ("Älvsjöbergs kommun", "SWE", "nordsam", "2022-01-01"),
    "oosterveen": ("Gemeente Oosterveen", "NLD", None, "2021-01-01"),
    "lindewaard": ("Hogeschool Lindewaard", "NLD", None, "2023-01-01"),
    "brunnfeld": ("Stadt Brunnfeld", "DEU", None, "2022-07-01"),
    "silbertal": ("Kanton Silbertal", "CHE", None, "2023-03-01"),
    "pratfosc": ("Ajuntament de Pratfosc", "ESP", None, "2020-06-01"),
    "clairvonne": ("Métropole de Clairvonne", "FRA", None, "2024-01-01"),
    "fjordheim": ("Fjordheim fylkeskommune", "NOR", None, "2021-05-01"),
}
# key: name, country, language of its interviews
MONITORS = {
    "delima-workers-centre": ("Delima Workers' Centre", "MYS", "ms"),
    "pinewater-labour-group": ("Pinewater Labour Rights Group", "PHL", "tl"),
    "quebrada-alta": ("Observatorio Quebrada Alta", "BOL", "es"),
}
BRANDS = {
    "velmora": ("Velmora", "USA"),
    "tarnfield": ("Tarnfield Computing", "USA"),
    "okonari": ("Okonari", "JPN"),
    "zephylux": ("Zephylux", "DEU"),
    "brightquill": ("Brightquill", "GBR"),
}
RESELLERS = {
    "hollowell": ("Hollowell IT Supply", "GBR"),
    "oxmere": ("Oxmere Systems Trading", "GBR"),
    "nordkontor": ("Nordkontor IT", "SWE"),
    "veenpoort": ("Veenpoort ICT", "NLD"),
    "talwerk": ("Talwerk Systemhaus", "DEU"),
    "sierrabyte": ("Sierrabyte Suministros", "ESP"),
}
RESELLER_OF = {
    "GBR": ("hollowell", "oxmere"),
    "SWE": ("nordkontor",),
    "NOR": ("nordkontor",),
    "NLD": ("veenpoort",),
    "DEU": ("talwerk",),
    "CHE": ("talwerk",),
    "ESP": ("sierrabyte",),
    "FRA": ("sierrabyte", "veenpoort"),
}
CURRENCY = {"GBR": "GBP", "SWE": "SEK", "NOR": "NOK", "CHE": "CHF"}
AUDITORS = {"clearspan-audit": ("Clearspan Social Audit", "SGP")}
AGENTS = {"goldpath-manpower": ("Goldpath Manpower", "NPL"), "sunbridge-recruiting": ("Sunbridge Recruiting", "MMR")}
UNIONS = {"penang-device-union": ("Union of Device Workers Penang (example)", "MYS")}
# theme: CPV, word in a model's name, unit price in EUR
PRODUCTS = {
    "laptops": ("30213100", "Slate", 780),
    "desktops": ("30213300", "Block", 610),
    "monitors": ("30231300", "Pane", 190),
    "phones": ("32250000", "Call", 420),
    "tablets": ("30213200", "Leaf", 350),
    "printers": ("30232100", "Quire", 260),
    "servers": ("48820000", "Rack", 4200),
    "network": ("32420000", "Weave", 880),
}
STEMS = (
    "Halvoren",
    "Yelun",
    "Drosmere",
    "Quillam",
    "Tavessa",
    "Orvanne",
    "Maruvek",
    "Belisto",
    "Kandrel",
    "Solvetta",
    "Fenwick-Aro",
    "Lisander",
    "Grestol",
    "Ambrevik",
    "Novarry",
    "Pellucor",
    "Hestrada",
    "Ruvenna",
    "Wexall",
    "Zirmond",
)
# city, province, country, longitude, latitude, street
FACTORY_CITIES = (
    ("Kunshan", "Jiangsu", "CHN", 120.98, 31.38, "Example Road East"),
    ("Chongqing", "Chongqing", "CHN", 106.55, 29.56, "Example Avenue"),
    ("Bắc Ninh", "Bắc Ninh", "VNM", 106.07, 21.18, "Example Industrial Park, Lot"),
    ("Samut Sakhon", "Samut Sakhon", "THA", 100.27, 13.55, "Example Soi"),
    ("Bayan Lepas", "Penang", "MYS", 100.26, 5.30, "Jalan Contoh"),
    ("Guadalajara", "Jalisco", "MEX", -103.35, 20.67, "Calle Ejemplo"),
    ("Székesfehérvár", "Fejér", "HUN", 18.42, 47.19, "Példa utca"),
    ("Pardubice", "Pardubický kraj", "CZE", 15.78, 50.04, "Příkladná"),
    ("Chennai", "Tamil Nadu", "IND", 80.27, 13.08, "Example Salai"),
    ("Santa Rosa", "Laguna", "PHL", 121.11, 14.31, "Halimbawa Street"),
    ("Taoyuan", "Taoyuan", "TWN", 121.30, 24.99, "Example Street"),
    ("Batam", "Kepulauan Riau", "IDN", 104.03, 1.08, "Jalan Contoh"),
    ("Shenzhen", "Guangdong", "CHN", 114.06, 22.54, "Example Road"),
    ("Gumi", "North Gyeongsang", "KOR", 128.34, 36.12, "Example-ro"),
)
MINERAL_CITIES = {
    "tin": (
        ("Oruro", "Oruro", "BOL", -67.11, -17.96),
        ("Pangkalpinang", "Bangka Belitung", "IDN", 106.11, -2.13),
        ("Puno", "Puno", "PER", -70.02, -15.84),
        ("Gejiu", "Yunnan", "CHN", 103.16, 23.36),
    ),
    "cobalt": (("Kolwezi", "Lualaba", "COD", 25.47, -10.71), ("Likasi", "Haut-Katanga", "COD", 26.73, -10.98)),
    "copper": (("Kitwe", "Copperbelt", "ZMB", 28.21, -12.80), ("Calama", "Antofagasta", "CHL", -68.93, -22.46)),
    "tantalum": (("Goma", "North Kivu", "COD", 29.22, -1.67), ("Muhanga", "Southern Province", "RWA", 29.75, -2.08)),
    "tungsten": (("Ganzhou", "Jiangxi", "CHN", 114.93, 25.83), ("Potosí", "Potosí", "BOL", -65.75, -19.58)),
    "gold": (("Juliaca", "Puno", "PER", -70.13, -15.50), ("Bukavu", "South Kivu", "COD", 28.86, -2.51)),
    "nickel": (
        ("Surigao", "Surigao del Norte", "PHL", 125.49, 9.79),
        ("Kendari", "Southeast Sulawesi", "IDN", 122.51, -3.97),
    ),
    "lithium": (("Antofagasta", "Antofagasta", "CHL", -70.40, -23.65), ("Salta", "Salta", "ARG", -65.41, -24.78)),
    "mica": (("Amboasary", "Anosy", "MDG", 46.38, -25.04), ("Koderma", "Jharkhand", "IND", 85.60, 24.47)),
}
SMELTERS_PER = {"tin": 8, "cobalt": 5, "copper": 3, "tantalum": 3, "tungsten": 3, "gold": 4, "nickel": 2, "lithium": 2}
MINES_PER = {
    "tin": 8,
    "cobalt": 5,
    "copper": 3,
    "tantalum": 3,
    "tungsten": 3,
    "gold": 3,
    "nickel": 2,
    "lithium": 2,
    "mica": 1,
}
MINE_WORDS = (
    "Vellado",
    "Quelloma",
    "Tarimbe",
    "Osunde",
    "Karavel",
    "Lupanga",
    "Sirimau",
    "Condevara",
    "Anduriri",
    "Mbelekasi",
)
COMPONENTS = (
    "mainboard",
    "display",
    "battery",
    "chassis",
    "semiconductor",
    "cable",
    "psu",
    "camera",
    "keyboard",
    "storage",
    "memory",
    "magnet",
)
