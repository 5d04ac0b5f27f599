using System.Collections.Frozen;

namespace Gateway.Connectors.Redaction;

/// <summary>How many characters each country's IBANs have.</summary>
internal static class IbanCountries
{
    // Country and length, from the registry that SWIFT keeps for ISO (release 98).
    private const string Registry =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
        + "GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27"
        + "MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
        + "VA22VG24XK20YE30";

    private static readonly FrozenDictionary<int, int> Lengths = Registry
        .Chunk(4)
        .ToFrozenDictionary(entry => Country(entry[0], entry[1]), entry => ((entry[2] - '0') * 10) + entry[3] - '0');

    /// <param name="first">The first letter of the country's code, upper case.</param>
    public static bool TryGetLength(int first, int second, out int length) => Lengths.TryGetValue(Country(first, second), out length);

    private static int Country(int first, int second) => (first << 8) | second;
}
