using FsCheck;
using FsCheck.Fluent;

namespace Gateway.Authoring.Tests.Formatting;

/// <summary>YAML of any shape, written in any layout, with comments wherever they may stand.</summary>
internal static class AnyLayout
{
    private static readonly string[] Scalars =
    [
        "a",
        "b c",
        "1",
        "true",
        "null",
        "~",
        "''",
        "'it''s'",
        "\"q\\n#\"",
        "'x # y'",
        "x#y",
        "http://x/y?z",
        "\"\"",
        "2026-01-01",
        "a:b",
        "-1",
        "\"é😀\"",
    ];

    private static readonly string[] Names = ["a", "b", "c", "long-name", "'q'", "\"d\"", "x.y", "1"];

    public static Gen<string> Documents =>
        from documents in Block(3, 0).ArrayOf(2)
        from head in Noise(0)
        from mark in Gen.Elements("---\n", "---\n\n", "--- # mark\n")
        from tail in Noise(0)
        select head + string.Join(mark, documents) + tail;

    private static Gen<string> Block(int depth, int indent) =>
        depth == 0
            ? Fields(indent, Leaf)
            : Gen.OneOf(
                Fields(indent, Leaf),
                from more in Gen.Choose(1, 4)
                from fields in Fields(indent, Gen.OneOf(Leaf, Nested(depth, indent + more)))
                select fields,
                List(depth, indent)
            );

    /// <summary>What stands behind a field's colon, or a dash, up to the end of its last line.</summary>
    private static Gen<string> Leaf =>
        Gen.OneOf(
            from value in Gen.Elements(Scalars)
            from behind in Behind
            select $" {value}{behind}\n",
            from value in Flow(2)
            from behind in Behind
            select $" {value}{behind}\n",
            from behind in Behind
            select $"{behind}\n"
        );

    private static Gen<string> Nested(int depth, int indent) =>
        from behind in Behind
        from block in Block(depth - 1, indent)
        select $"{behind}\n{block}";

    private static Gen<string> Fields(int indent, Gen<string> value) =>
        from count in Gen.Choose(1, 3)
        from names in Gen.Shuffle(Names)
        from values in value.ArrayOf(count)
        from noise in Noise(indent).ArrayOf(count)
        select string.Concat(Enumerable.Range(0, count).Select(i => $"{noise[i]}{new string(' ', indent)}{names[i]}:{values[i]}"));

    private static Gen<string> List(int depth, int indent) =>
        from items in Gen.OneOf(Leaf, Nested(depth, indent + 2), Text(indent + 2)).ArrayOf().Resize(4)
        from noise in Noise(indent).ArrayOf(items.Length + 1)
        from first in Gen.Elements(Scalars)
        select string.Concat(items.Prepend($" {first}\n").Select((item, i) => $"{noise[i]}{new string(' ', indent)}-{item}"));

    private static Gen<string> Text(int indent) =>
        from header in Gen.Elements("|", "|-", ">", "|+", ">-")
        from lines in Gen.Elements("x", "  y", "# no comment", "").ArrayOf().Resize(4)
        select $" {header}\n{new string(' ', indent)}first\n"
            + string.Concat(lines.Select(line => line.Length == 0 ? "\n" : new string(' ', indent) + line + "\n"));

    private static Gen<string> Flow(int depth) =>
        depth == 0
            ? Gen.Elements("a", "'b c'", "1", "\"#\"")
            : Gen.OneOf(
                from items in Flow(depth - 1).ArrayOf().Resize(4)
                from space in Gen.Elements("", " ", "  ")
                select $"[{space}{string.Join("," + space, items)}{space}]",
                from value in Flow(depth - 1)
                from other in Flow(depth - 1)
                select $"{{a: {value},   b: {other}}}",
                Gen.Constant("{}"),
                Gen.Constant(string.Join(", ", Enumerable.Repeat("quite-a-long-item", 9))).Select(items => $"[{items}]")
            );

    private static Gen<string> Behind => Gen.Elements("", "", "", " # behind", "   #tight", " ");

    private static Gen<string> Noise(int indent) =>
        from lines in Gen.Elements(
                "",
                "",
                "",
                "\n",
                "\n\n",
                $"{new string(' ', indent)}# own\n",
                "# left\n",
                $"{new string(' ', indent + 1)}#right\n",
                "\n# after a blank\n\n"
            )
            .ArrayOf()
            .Resize(3)
        select string.Concat(lines);
}
