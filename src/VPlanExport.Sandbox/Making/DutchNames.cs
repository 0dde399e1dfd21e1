using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>Names of people, firms, products and places; a few of them hard on parsers and spreadsheets.</summary>
internal static class DutchNames
{
    private static readonly string[] First =
    [
        "Jan",
        "Pieter",
        "Sanne",
        "Kees",
        "Fleur",
        "Bram",
        "Anouk",
        "Daan",
        "Lotte",
        "Henk",
        "Marieke",
        "Joost",
        "Fatima",
        "Ruud",
        "Esmée",
        "Thijs",
        "Noor",
        "Willem",
        "Ilse",
        "Mohammed",
        "Gerrit",
        "Femke",
        "Stefan",
        "Loes",
        "Björn",
        "Yara",
        "Teun",
        "Renée",
        "Sjoerd",
        "Ayşe",
    ];

    private static readonly (string Infix, string Last)[] Family =
    [
        ("de", "Vries"),
        ("", "Jansen"),
        ("van den", "Berg"),
        ("", "Bakker"),
        ("van", "Dijk"),
        ("", "Visser"),
        ("", "Smit"),
        ("de", "Boer"),
        ("", "Mulder"),
        ("de", "Groot"),
        ("", "Bos"),
        ("", "Vos"),
        ("van der", "Meer"),
        ("", "Hendriks"),
        ("van", "Leeuwen"),
        ("", "Dekker"),
        ("", "Brouwer"),
        ("de", "Wit"),
        ("", "Dijkstra"),
        ("", "Smits"),
        ("de", "Graaf"),
        ("'t", "Hart"),
        ("", "Yılmaz"),
        ("", "El Amrani"),
    ];

    private static readonly string[] Firms =
    [
        "Staalbouw",
        "Machinefabriek",
        "Hekwerk",
        "Interieurbouw",
        "Scheepswerf",
        "Jachtbouw",
        "Transport",
        "Agrotechniek",
        "Installatie",
        "Constructie",
        "Bouwbedrijf",
        "Kassenbouw",
        "Liften",
        "Zuivel",
        "Meubelatelier",
    ];

    private static readonly string[] Towns =
    [
        "Zwolle",
        "Eindhoven",
        "Breda",
        "Almelo",
        "Leeuwarden",
        "Venlo",
        "Dordrecht",
        "Apeldoorn",
        "Goes",
        "Hoorn",
        "Tilburg",
        "Assen",
        "Gouda",
        "Ede",
        "Roermond",
    ];

    private static readonly string[] Things =
    [
        "Hekwerk",
        "Balustrade",
        "Trap",
        "Frame",
        "Chassis",
        "Tafelonderstel",
        "Bordes",
        "Luifel",
        "Opslagtank",
        "Transportband",
        "Kozijn",
        "Console",
        "Kast",
        "Werkbank",
        "Rek",
        "Poort",
        "Lasmal",
        "Behuizing",
    ];

    private static readonly string[] Kinds =
    [
        "RVS 304",
        "RVS 316",
        "verzinkt",
        "gepoedercoat RAL 7016",
        "gepoedercoat RAL 9010",
        "staal S235",
        "aluminium",
        "eiken",
    ];

    private static readonly string[] Oddities =
    [
        "Hek \"Zuid\", 3 stuks; zie tekening",
        "=1+1",
        "日本語の見本",
        "Trap 'Oost'\nbordes links",
        "Kozijn\t2,5 m; 'maat in het werk'",
        "-10% marge, +cmd",
        "Ø 48,3 × 3,2 – ½\" <b>",
    ];

    private static readonly string[] Notes =
    [
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Wachten op materiaal",
        "Tekening klopte niet, nagemeten",
        "Samen met collega",
        "Extra slijpwerk",
        "Omgesteld",
        "Storing lasrobot; 20 min.",
        "Klant belde: \"spoed!\"",
        "Rework,\nzie foto",
        "=1+1",
        "日本語",
    ];

    public static (string First, string Infix, string Last) Person(int number)
    {
        var (infix, last) = Family[number % Family.Length];
        return (First[(number * 7 + number / Family.Length) % First.Length], infix, last);
    }

    public static string Firm(int number)
    {
        if (number % 41 == 3)
            return "Jansen & Zn. \"De Smidse\", Ede";
        var owner = Family[number * 5 % Family.Length].Last;
        return $"{Firms[number % Firms.Length]} "
            + $"{(number % 3 == 0 ? Towns[number % Towns.Length] : owner)}{Suffix(number)} B.V.";
    }

    public static string Product(int number) =>
        $"{Things[number % Things.Length]} {Kinds[number / Things.Length % Kinds.Length]}";

    /// <summary>Now and then a text that quoting, CSV and spreadsheets stumble over.</summary>
    public static string Job(int number, string product, int pieces) =>
        number % 17 == 5
            ? Oddities[number / 17 % Oddities.Length]
            : string.Create(CultureInfo.InvariantCulture, $"{pieces}x {product}");

    public static string Town(int number) => Towns[number % Towns.Length];

    public static string Note(Random random) => Notes[random.Next(Notes.Length)];

    private static string Suffix(int number) =>
        number < Firms.Length ? "" : " " + (number / Firms.Length + 1).ToString(CultureInfo.InvariantCulture);
}
