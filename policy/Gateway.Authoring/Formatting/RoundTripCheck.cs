using Gateway.Policy.Documents;
using YamlDotNet.Core;

namespace Gateway.Authoring.Formatting;

/// <summary>Whether a laid-out text says what the text before it said: the same values in the same order, and the same comments.</summary>
internal static class RoundTripCheck
{
    /// <summary>Null where nothing was lost.</summary>
    public static string? FindLoss(string file, string before, IReadOnlyList<Node> documents, string after)
    {
        var errors = new ErrorList();
        var again = NodeReader.Read(new SourceFile(file, after), int.MaxValue, errors);
        return errors.Count > 0 || !Same(documents, again) ? "its values would be other ones"
            : !CommentsOf(before).SequenceEqual(CommentsOf(after), StringComparer.Ordinal) ? "its comments would be other ones"
            : null;
    }

    /// <summary>As the parser's own scanner finds them, and not as the layout did: what that missed must not be missed here too.</summary>
    private static IEnumerable<string> CommentsOf(string text)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: false);
        var found = new List<string>();
        while (scanner.MoveNext())
        {
            if (scanner.Current is YamlDotNet.Core.Tokens.Comment comment)
            {
                found.Add(comment.Value.Trim());
            }
        }

        return found.Order(StringComparer.Ordinal);
    }

    private static bool Same(IReadOnlyList<Node> before, IReadOnlyList<Node> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => Same(pair.First, pair.Second));

    private static bool Same(Node before, Node after) =>
        (before, after) switch
        {
            (ScalarNode one, ScalarNode other) => one.Text == other.Text && one.Plain == other.Plain,
            (SequenceNode one, SequenceNode other) => Same(one.Items, other.Items),
            (MappingNode one, MappingNode other) => one.Entries.Count == other.Entries.Count
                && one.Entries.Zip(other.Entries)
                    .All(pair => pair.First.Key == pair.Second.Key && Same(pair.First.Value.Value, pair.Second.Value.Value)),
            _ => false,
        };
}
