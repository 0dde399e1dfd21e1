using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>Names of people, firms, products and places, and what people note; a few of them hard on parsers and
/// spreadsheets.</summary>
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

    private static readonly string[] OddNotes = ["", "Klant belde: \"spoed!\"", "Rework,\nzie foto", "=1+1", "日本語"];

    private static readonly string[] Notes =
    [
        "Wachten op materiaal",
        "Tekening klopte niet, nagemeten",
        "Samen met collega",
        "Extra slijpwerk",
        "Omgesteld",
        "Storing lasrobot, 20 min.",
        "Klant belde, heeft spoed",
        "Rework, zie foto",
        "Mal aangepast",
        "Eerste stuk gemeten, akkoord",
        "Gasfles gewisseld",
        "Plaat krom geleverd",
        "Nieuwe zaagband gemonteerd",
        "Programma aangepast",
        "Wacht op kraan",
        "Rest morgen",
        "Klaar, naar poedercoaten",
        "Klaar, staat bij expeditie",
        "2 stuks afgekeurd",
        "Maat 3 mm te kort, opgelost",
        "Boutgaten opgeruimd",
        "Hulp gehad van de stagiair",
        "Ingewerkt op de kantbank",
        "Lasdraad op, nieuwe rol",
        "Materiaal gezocht",
        "Werkplek opgeruimd",
        "Spuitcabine schoongemaakt",
        "Kleur gewisseld",
        "Oven op temperatuur gebracht",
        "Overleg met werkvoorbereiding",
        "Revisie B verwerkt",
        "Deel 1 van de serie",
        "Laatste deel van de serie",
        "Gebeld met de klant over de maat",
        "Passtuk gemaakt",
        "Krassen weggepolijst",
        "Gericht na het lassen",
        "Transport liep uit",
        "Wisselplaten vervangen",
        "Nesting opnieuw gemaakt",
        "Stickers vergeten, alsnog geplakt",
        "Machine stond stil, storing aan de koeling",
    ];

    private static readonly string[] Comments =
    [
        "Graag vóór de bouwvak.",
        "Klant belde: kan het eerder?",
        "Materiaal is binnen, plaat 3 mm.",
        "👍",
        "Tekening rev. B zit erbij.",
        "Levering in twee delen, is akkoord.",
        "Kleur nog niet bekend, klant laat het weten.",
        "Kraan geregeld voor donderdag.",
        "Graag bellen voor het lossen.",
        "Zelfde als vorige keer.",
        "Let op de gaten links, zie tekening.",
        "Poedercoater kan een dag eerder.",
    ];

    private static readonly string[] OddComments =
    [
        "Klant belde: \"kan het eerder?\"",
        "Materiaal is binnen,\nplaat 3 mm.",
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

    /// <summary>What a job makes; where odd texts are wanted, now and then one that quoting, CSV and spreadsheets
    /// stumble over.</summary>
    public static string Job(int number, string product, int pieces, bool hasOddTexts) =>
        hasOddTexts && number % 17 == 5
            ? Oddities[number / 17 % Oddities.Length]
            : string.Create(CultureInfo.InvariantCulture, $"{pieces}x {product}");

    public static string Town(int number) => Towns[number % Towns.Length];

    public static string Note(Workshop shop) => shop.Pick(shop.HasOddTexts && shop.Chance(10) ? OddNotes : Notes);

    public static string Comment(Workshop shop) =>
        shop.Pick(shop.HasOddTexts && shop.Chance(20) ? OddComments : Comments);

    private static string Suffix(int number) =>
        number < Firms.Length ? "" : " " + (number / Firms.Length + 1).ToString(CultureInfo.InvariantCulture);
}
