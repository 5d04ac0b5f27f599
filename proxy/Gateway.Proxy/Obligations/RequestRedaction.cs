using Gateway.Connectors.Redaction;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// Redacts the body of a request. What is found in the path, the query or a header can't be replaced without asking for something else, so
/// it refuses.
/// </summary>
internal static class RequestRedaction
{
    public static string? Meet(ReducedAction action, Policy.Model.Obligations owed)
    {
        var terms = owed.RedactRequest!;
        if (IsOutsideTheBody(action, terms.Patterns))
        {
            return "what must not leave stands in the path, the query or a header.";
        }

        if (action.Content.IsEmpty)
        {
            return null;
        }

        var arguments = action.Intent.Arguments.IsEmpty ? default : action.Content[action.Call.ArgumentsIn(action.Content.Span)];
        if (arguments.Length < action.Content.Length && action.Asked.Connector.Type == ConnectorType.Mcp)
        {
            return MeetAround(action, terms, arguments);
        }

        if (arguments.IsEmpty || !JsonRedactor.TryRedact(arguments, terms, action.Asked.Body.Changed, out var redacted, out var counts))
        {
            return "the body is not JSON, or holds in a name what must not leave.";
        }

        if (redacted.Equals(arguments))
        {
            return null;
        }

        action.Redacted = counts;
        if (action.Asked.Offer is not null)
        {
            return ModelReduction.Put(action, redacted);
        }

        action.Content = redacted;
        action.IsAnother = true;
        return null;
    }

    /// <summary>
    /// Where a protocol wraps the arguments: what is found in them is replaced, and what is found around them refuses, since there it says
    /// what is asked for.
    /// </summary>
    private static string? MeetAround(ReducedAction action, RedactionTerms terms, ReadOnlyMemory<byte> arguments)
    {
        var redacted = arguments;
        RedactionCounts counts = default;
        if (!arguments.IsEmpty && !JsonRedactor.TryRedact(arguments, terms, action.Asked.Body.Changed, out redacted, out counts))
        {
            return "the arguments hold in a name what must not leave.";
        }

        var whole = redacted.Equals(arguments) ? action.Content : Within(action, redacted);
        using var around = new GrowingBuffer();
        var everywhere = terms with { Fields = TermSet<ArgumentPointer>.Empty };
        if (
            terms.Patterns != RedactionPatterns.None
            && (!JsonRedactor.TryRedact(whole, everywhere, around, out var again, out _) || !again.Equals(whole))
        )
        {
            return "what must not leave stands beside the arguments.";
        }

        if (redacted.Equals(arguments))
        {
            return null;
        }

        (action.Redacted, action.Content, action.IsAnother) = (counts, whole, true);
        return action.Call.ProblemOf(action.Content);
    }

    /// <summary>The body with other arguments, byte for byte the same around them.</summary>
    private static ReadOnlyMemory<byte> Within(ReducedAction action, ReadOnlyMemory<byte> arguments)
    {
        var content = action.Content;
        var (start, length) = action.Call.ArgumentsIn(content.Span).GetOffsetAndLength(content.Length);
        if (length == content.Length)
        {
            return arguments;
        }

        var whole = new byte[content.Length - length + arguments.Length];
        content.Span[..start].CopyTo(whole);
        arguments.Span.CopyTo(whole.AsSpan(start));
        content.Span[(start + length)..].CopyTo(whole.AsSpan(start + arguments.Length));
        return whole;
    }

    private static bool IsOutsideTheBody(ReducedAction action, RedactionPatterns patterns)
    {
        if (patterns == RedactionPatterns.None)
        {
            return false;
        }

        // A plus is a blank in many queries, and a plus in others.
        var target = Uri.UnescapeDataString(action.Intent.Target.PathAndQuery);
        return JsonRedactor.IsFound(target, patterns)
            || (target.Contains('+', StringComparison.Ordinal) && JsonRedactor.IsFound(target.Replace('+', ' '), patterns))
            || IsInHeader(action.Headers.All, patterns);
    }

    private static bool IsInHeader(IReadOnlyList<KeyValuePair<string, string>> headers, RedactionPatterns patterns)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (JsonRedactor.IsFound(headers[i].Value, patterns))
            {
                return true;
            }
        }

        return false;
    }
}
