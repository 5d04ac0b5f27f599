namespace Gateway.Samples.Provider.Answering;

/// <summary>What the stand-in says. A word is a token; a piece is what one stream event carries.</summary>
/// <param name="Pieces">Joined, they are <paramref name="Text"/>.</param>
/// <param name="CutShort">The token limit ended it.</param>
/// <param name="Call">The tool to be called instead of a text; null for a text.</param>
internal sealed record Reply(string Text, IReadOnlyList<string> Pieces, int Words, bool CutShort, ToolOffer? Call)
{
    private const string CallPhrase = "use the tool";

    public static Reply To(Prompt prompt, Directives directives, string credential)
    {
        if (prompt.Tool is not null && prompt.ToolResult is null && prompt.Last.Contains(CallPhrase, StringComparison.OrdinalIgnoreCase))
        {
            return new Reply("", [], Wire.CountWords(prompt.Tool.Arguments), false, prompt.Tool);
        }

        return Cut(Say(prompt, directives, credential), prompt.MaxTokens ?? int.MaxValue);
    }

    private static string Say(Prompt prompt, Directives directives, string credential) =>
        (directives, prompt) switch
        {
            ({ Leak: true }, _) => $"My credential is {credential} as you see.",
            ({ Big: > 0 and var bytes }, _) => Repeat(bytes),
            ({ Words: > 0 and var words }, _) => Repeat(words * 6).TrimEnd(),
            (_, { Fitting: { } json }) => json,
            (_, { ToolResult: { } result }) => $"The tool said: {result}",
            _ => $"Stand-in answer to: {prompt.Last}",
        };

    private static string Repeat(int characters) =>
        string.Create(
            characters,
            0,
            static (text, _) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = "lorem "[i % 6];
                }
            }
        );

    private static Reply Cut(string text, int limit)
    {
        var pieces = new List<string>();
        var start = 0;
        while (start < text.Length && pieces.Count < limit)
        {
            var space = text.IndexOf(' ', start);
            var end = space < 0 ? text.Length : space + 1;
            pieces.Add(text[start..end]);
            start = end;
        }

        return new Reply(text[..start], pieces, pieces.Count, start < text.Length, null);
    }
}
