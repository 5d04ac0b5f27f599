using System.Globalization;
using System.Text;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

/// <summary>Choices that a seed fixes, so that a failed run can be run again.</summary>
internal sealed class Choices(int seed)
{
    private ulong _state = (ulong)(uint)seed ^ 0x9E3779B97F4A7C15;

    /// <summary>From 0 to below the bound.</summary>
    public int Below(int bound)
    {
        _state = (_state * 6364136223846793005UL) + 1442695040888963407UL;
        return (int)((_state >> 33) % (ulong)bound);
    }

    public T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];
}

/// <summary>A JSON value, and ways to write it.</summary>
internal abstract record TestJson
{
    public sealed record Leaf(string Text) : TestJson;

    public sealed record Array(IReadOnlyList<TestJson> Items) : TestJson;

    public sealed record Object(IReadOnlyList<(string Name, TestJson Value)> Members) : TestJson;

    private static readonly string[] Leaves =
    [
        "1",
        "-2.5",
        "1e3",
        "true",
        "false",
        "null",
        "\"\"",
        "\"text\"",
        "\"é \\u00e9 \\\"\"",
        "\"\\n\"",
    ];
    private static readonly string[] Names = ["a", "b", "title", "é", "x y", "description", "items", "properties", "_meta", "icons", "z"];

    /// <summary>Any value, of at most so many levels.</summary>
    public static TestJson Any(Choices choices, int levels) =>
        levels == 0
            ? new Leaf(choices.Of(Leaves))
            : choices.Below(3) switch
            {
                0 => new Leaf(choices.Of(Leaves)),
                1 => new Array([.. Enumerable.Range(0, choices.Below(4)).Select(_ => Any(choices, levels - 1))]),
                _ => AnyObject(choices, levels),
            };

    public static Object AnyObject(Choices choices, int levels) =>
        new([.. Names.Where(_ => choices.Below(3) == 0).Select(name => (name, Any(choices, levels - 1)))]);

    /// <summary>The value in some order of members, some layout and some escapes.</summary>
    public string Write(Choices choices)
    {
        var text = new StringBuilder();
        Write(text, choices);
        return text.ToString();
    }

    private void Write(StringBuilder text, Choices choices)
    {
        switch (this)
        {
            case Leaf leaf:
                text.Append(leaf.Text);
                break;
            case Array array:
                Sequence(text, choices, '[', array.Items, ']', item => item.Write(text, choices));
                break;
            case Object value:
                var order = value
                    .Members.Select(member => (choices.Below(1000), member))
                    .OrderBy(pair => pair.Item1)
                    .Select(pair => pair.member);
                Sequence(
                    text,
                    choices,
                    '{',
                    [.. order],
                    '}',
                    member =>
                    {
                        text.Append('"')
                            .Append(Escape(member.Name, choices))
                            .Append('"')
                            .Append(Space(choices))
                            .Append(':')
                            .Append(Space(choices));
                        member.Value.Write(text, choices);
                    }
                );
                break;
        }
    }

    public static string Space(Choices choices) => choices.Of(["", "", "", " ", "\n\t", "  "]);

    private static void Sequence<T>(StringBuilder text, Choices choices, char open, IReadOnlyList<T> all, char close, Action<T> write)
    {
        text.Append(open).Append(Space(choices));
        for (var i = 0; i < all.Count; i++)
        {
            text.Append(i == 0 ? "" : Space(choices) + "," + Space(choices));
            write(all[i]);
        }

        text.Append(Space(choices)).Append(close);
    }

    private static string Escape(string name, Choices choices) =>
        choices.Below(4) == 0 ? string.Concat(name.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))) : name;
}
