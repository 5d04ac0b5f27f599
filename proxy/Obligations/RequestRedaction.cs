using System.Text;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Obligations;

/// <summary>Redacts the body of a request. What is found in the path, the query or a header can't be replaced without asking for something else, so it refuses.</summary>
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

        if (action.Intent.Arguments.IsEmpty || !JsonRedactor.TryRedact(action.Content, terms, out var redacted, out var counts))
        {
            return "the body is not JSON, or holds in a name what must not leave.";
        }

        if (redacted.Equals(action.Content))
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

    private static bool IsOutsideTheBody(ReducedAction action, RedactionPatterns patterns)
    {
        if (patterns == RedactionPatterns.None)
        {
            return false;
        }

        // A plus is a blank in many queries, and a plus in others.
        var target = Uri.UnescapeDataString(action.Intent.Target.PathAndQuery);
        return IsFound(target, patterns)
            || (target.Contains('+', StringComparison.Ordinal) && IsFound(target.Replace('+', ' '), patterns))
            || action.Headers.All.Any(header => IsFound(header.Value, patterns));
    }

    private static bool IsFound(string text, RedactionPatterns patterns) => JsonRedactor.IsFound(Encoding.UTF8.GetBytes(text), patterns);
}
