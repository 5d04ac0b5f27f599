using System.Collections.Concurrent;
using System.Globalization;

namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>
/// The sets that a pattern names, as ECMA-262 has them under its <c>u</c> flag: <c>\d</c> and <c>\w</c> are ASCII, a dot takes no line end,
/// <c>\p{…}</c> is a general category. Scripts and other properties aren't known: their tables aren't in the base library.
/// </summary>
internal static class UnicodeSets
{
    private const string Categories =
        "Lu=Uppercase_Letter,Ll=Lowercase_Letter,Lt=Titlecase_Letter,Lm=Modifier_Letter,Lo=Other_Letter,Mn=Nonspacing_Mark,"
        + "Mc=Spacing_Mark,Me=Enclosing_Mark,Nd=Decimal_Number=digit,Nl=Letter_Number,No=Other_Number,Zs=Space_Separator,"
        + "Zl=Line_Separator,Zp=Paragraph_Separator,Cc=Control=cntrl,Cf=Format,Cs=Surrogate,Co=Private_Use,Pc=Connector_Punctuation,"
        + "Pd=Dash_Punctuation,Ps=Open_Punctuation,Pe=Close_Punctuation,Pi=Initial_Punctuation,Pf=Final_Punctuation,"
        + "Po=Other_Punctuation,Sm=Math_Symbol,Sc=Currency_Symbol,Sk=Modifier_Symbol,So=Other_Symbol,Cn=Unassigned";

    private const string Groups =
        "L=Letter,LC=Cased_Letter,M=Mark=Combining_Mark,N=Number,P=Punctuation=punct,S=Symbol,Z=Separator,C=Other,Any,ASCII,Assigned";

    private static readonly Dictionary<string, string> Names = (Categories + "," + Groups)
        .Split(',')
        .SelectMany(line => line.Split('=').Select(name => (name, line.Split('=')[0])))
        .ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);

    // In the order of UnicodeCategory.
    private static readonly string[] Short = [.. Categories.Split(',').Select(line => line.Split('=')[0])];

    private static readonly ConcurrentDictionary<string, CodePointSet> Known = new();

    public static CodePointSet Digit { get; } = new([('0', '9')]);

    public static CodePointSet Word { get; } = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    public static CodePointSet NotLineEnd { get; } = new CodePointSet([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]).Complement();

    /// <summary>What ECMA-262 calls white space and line ends.</summary>
    public static CodePointSet Space { get; } =
        new([
            ('\t', '\r'),
            (' ', ' '),
            (0xA0, 0xA0),
            (0x1680, 0x1680),
            (0x2000, 0x200A),
            (0x2028, 0x2029),
            (0x202F, 0x202F),
            (0x205F, 0x205F),
            (0x3000, 0x3000),
            (0xFEFF, 0xFEFF),
        ]);

    /// <summary>The set that a property's name stands for: a general category, long or short, or one of Any, ASCII, Assigned.</summary>
    /// <returns>Null for any other name.</returns>
    public static CodePointSet? Property(string name) => Names.TryGetValue(name, out var known) ? Known.GetOrAdd(known, Compute) : null;

    private static CodePointSet Compute(string name) =>
        name switch
        {
            "Any" => new([(0, 0x10FFFF)]),
            "ASCII" => new([(0, 0x7F)]),
            "Assigned" => Compute("Cn").Complement(),
            "LC" => new(Scan(category => category is "Lu" or "Ll" or "Lt")),
            _ => new(Scan(category => category.StartsWith(name, StringComparison.Ordinal))),
        };

    private static List<(int From, int To)> Scan(Func<string, bool> isIn)
    {
        var wanted = Short.Select(isIn).ToArray();
        var (ranges, from) = (new List<(int, int)>(), -1);
        for (var c = 0; c <= 0x110000; c++)
        {
            var isWanted = c <= 0x10FFFF && wanted[(int)CharUnicodeInfo.GetUnicodeCategory(c)];
            if (isWanted && from < 0)
            {
                from = c;
            }
            else if (!isWanted && from >= 0)
            {
                ranges.Add((from, c - 1));
                from = -1;
            }
        }

        return ranges;
    }
}
