using System.Globalization;

namespace Gateway.Cel.Tests;

/// <summary>
/// Makes an expression of a list of numbers: each decides one choice, and where they end the shortest is chosen. So a failure shrinks.
/// </summary>
public sealed class RandomExpression(int[] choices)
{
    private const int MaxDepth = 5;

    private static readonly string[] Leaves =
    [
        "1",
        "0",
        "-1",
        "9223372036854775807",
        "2u",
        "1.5",
        "0.0",
        "''",
        "'a'",
        "'κόσμε'",
        "b'ab'",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        "x",
        "y",
        "missing",
        "text",
        "items",
        "args",
        "args.amount",
        "args.name",
        "args.none",
        "duration('90s')",
        "timestamp('2026-01-02T03:04:05Z')",
        "ip('10.0.0.1')",
        "optional.none()",
        "int",
    ];

    private static readonly string[] Unary =
    [
        "!({0})",
        "-({0})",
        "size({0})",
        "int({0})",
        "uint({0})",
        "double({0})",
        "string({0})",
        "type({0})",
        "dyn({0})",
        "has(({0}).amount)",
        "({0}).amount",
        "({0}).?amount",
        "optional.of({0})",
        "optional.ofNonZeroValue({0})",
        "({0}).hasValue()",
        "({0}).value()",
        "({0}).distinct()",
        "({0}).sort()",
        "[{0}]",
        "[?({0})]",
        "{{'k': {0}}}",
        "{{?'k': {0}}}",
        "({0}).matches('a+b?$')",
        "({0}).reverse()",
        "({0}).lowerAscii()",
        "math.abs({0})",
        "({0}).first()",
        "({0}).flatten()",
    ];

    private static readonly string[] Binary =
    [
        "({0}) && ({1})",
        "({0}) || ({1})",
        "({0}) == ({1})",
        "({0}) != ({1})",
        "({0}) < ({1})",
        "({0}) >= ({1})",
        "({0}) + ({1})",
        "({0}) - ({1})",
        "({0}) * ({1})",
        "({0}) / ({1})",
        "({0}) % ({1})",
        "({0}) in ({1})",
        "({0})[{1}]",
        "({0})[?{1}]",
        "[{0}, {1}]",
        "{{'a': {0}, 'b': {1}}}",
        "{{{0}: {1}}}",
        "({0}).contains({1})",
        "({0}).split({1})",
        "({0}).or({1})",
        "({0}).orValue({1})",
        "math.greatest({0}, {1})",
        "sets.contains({0}, {1})",
        "'%s %s'.format([{0}, {1}])",
        "({0}) == 'a'",
        "({0}) > 1",
        "({0}) in ['a', 1, 'b']",
        "({0}).matches({1})",
        "({0}).indexOf({1})",
        "({0}).join({1})",
    ];

    private static readonly string[] Binding =
    [
        "({0}).all(v, {1})",
        "({0}).exists(v, {1})",
        "({0}).exists_one(v, {1})",
        "({0}).map(v, {1})",
        "({0}).filter(v, {1})",
        "({0}).all(v, w, {1})",
        "({0}).exists(v, w, {1})",
        "({0}).existsOne(v, w, {1})",
        "({0}).transformList(v, w, {1})",
        "({0}).transformMap(v, w, {1})",
        "({0}).transformMapEntry(v, w, {1})",
        "cel.bind(v, {0}, {1})",
        "({0}).optMap(v, {1})",
        "({0}).optFlatMap(v, {1})",
        "({0}).sortBy(v, {1})",
        "({0}).map(v, {1}, v)",
    ];

    private int _next;

    public string Expression() => Write(MaxDepth, []);

    private string Write(int depth, string[] names)
    {
        if (depth == 0)
        {
            return Leaf(names);
        }

        return (Choose(5)) switch
        {
            1 => Fill(Unary, Write(depth - 1, names)),
            2 => Fill(Binary, Write(depth - 1, names), Write(depth - 1, names)),
            3 => Fill(Binding, Write(depth - 1, names), Write(depth - 1, [.. names, "v", "w"])),
            4 => $"({Write(depth - 1, names)}) ? ({Write(depth - 1, names)}) : ({Write(depth - 1, names)})",
            _ => Leaf(names),
        };
    }

    private string Leaf(string[] names)
    {
        var choice = Choose(Leaves.Length + (names.Length * 4));
        return choice < Leaves.Length ? Leaves[choice] : names[choice % names.Length];
    }

    private string Fill(string[] forms, params object[] parts) =>
        string.Format(CultureInfo.InvariantCulture, forms[Choose(forms.Length)], parts);

    private int Choose(int count) => _next < choices.Length ? (int)((uint)choices[_next++] % (uint)count) : 0;
}
