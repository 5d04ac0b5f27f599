namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// One page of a list as a server answered it: <c>tools/list</c>, <c>prompts/list</c>, <c>resources/list</c> or
/// <c>resources/templates/list</c>, a JSON-RPC response as a whole. What isn't allowed is taken out of its bytes; the rest stays byte for
/// byte, order, cursor and members that nobody knows too.
/// </summary>
public sealed class ListPage
{
    /// <value>Bytes of an answer at most.</value>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <value>Items of a page at most.</value>
    public const int MaxItems = 10_000;

    private readonly ReadOnlyMemory<byte> _message;
    private readonly int _result;
    private readonly List<JsonPart> _items;

    private ListPage(ReadOnlyMemory<byte> message, int result, List<JsonPart> items, IReadOnlyList<Definition> definitions)
    {
        (_message, _result, _items, Definitions) = (message, result, items, definitions);
    }

    /// <summary>All items in their order, with what a look at each and at its neighbours found.</summary>
    public IReadOnlyList<Definition> Definitions { get; }

    /// <summary>Where the next page is; null at the last.</summary>
    public string? NextCursor { get; private init; }

    /// <summary>Whether the server answered with an error: nothing is listed, and nothing is cut.</summary>
    public bool IsError => _result < 0;

    /// <summary>Reads an answer. Null where it can't be told what a client would read; then it must not go out.</summary>
    /// <param name="message">Not copied: it must not change.</param>
    /// <param name="problem">What is wrong, for operators; it quotes nothing of the answer.</param>
    public static ListPage? Read(ListKind kind, ReadOnlyMemory<byte> message, out string? problem)
    {
        var json = message.Span;
        if (json.Length > MaxLength)
        {
            problem = $"The answer has {json.Length} bytes; at most {MaxLength} are read of a list. Let the server answer in pages.";
            return null;
        }

        if (!AnswerResult.TryFind(json, out var result, out problem))
        {
            return null;
        }

        return result is { } at ? OfResult(kind, message, at, out problem) : new ListPage(message, -1, [], []);
    }

    /// <summary>The answer with only those items that are sound and wanted.</summary>
    /// <param name="isWanted">Asked for each item, unsound ones too, so that what is kept back can be recorded.</param>
    /// <param name="isModern">Whether the client may keep the answer: then for itself alone, and a minute at most.</param>
    public ReadOnlyMemory<byte> Cut(Func<Definition, bool> isWanted, bool isModern)
    {
        if (IsError)
        {
            return _message;
        }

        var edits = new ByteEdits();
        var cut = new PartCut();
        for (var i = 0; i < _items.Count; i++)
        {
            var isKept = isWanted(Definitions[i]) && Definitions[i].Finding == DefinitionFinding.Sound;
            cut.Next(_items[i], isKept, ref edits);
        }

        cut.End(ref edits);
        var shorter = edits.Apply(_message);
        return isModern ? CacheHints.Tighten(shorter, _result, limitsTime: true) : shorter;
    }

    private static ListPage? OfResult(ListKind kind, ReadOnlyMemory<byte> message, int result, out string? problem)
    {
        var json = message.Span;
        var hasOneReading =
            JsonParts.TryFind(json, result, ListShape.ArrayOf(kind), "nextCursor"u8, out var array, out var next)
            & CacheHints.HaveOneReading(json, result);
        if (!hasOneReading || array is not { } list || json[list.ValueStart] != (byte)'[')
        {
            problem = "The answer's result has no list of its kind, or a member whose name is like it.";
            return null;
        }

        var (items, definitions) = (new List<JsonPart>(), new List<Definition>());
        var parts = new JsonParts(json, list.ValueStart);
        while (parts.MoveNext())
        {
            if (items.Count == MaxItems)
            {
                problem = $"The answer lists more than {MaxItems} items on one page. Let the server answer in pages.";
                return null;
            }

            items.Add(parts.Current);
            definitions.Add(DefinitionReader.Read(kind, parts.Current.ValueIn(json)));
        }

        problem = null;
        return new ListPage(message, result, items, ListedNames.Mark(kind, definitions))
        {
            NextCursor = next is { } cursor ? JsonTexts.Of(cursor.ValueIn(json)) : null,
        };
    }
}
