namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Patterns of domains, in any case: the domain itself, <c>*.x</c> for whatever ends in <c>.x</c>, or a <see cref="GlobPattern"/>.
/// </summary>
public static class DomainPattern
{
    public static bool IsMatch(string value, string pattern)
    {
        var (text, wanted) = (value.Trim().ToLowerInvariant(), pattern.Trim().ToLowerInvariant());
        return wanted.Length > 0
            && (
                text == wanted
                || (wanted.StartsWith("*.", StringComparison.Ordinal) && text.EndsWith(wanted[1..], StringComparison.Ordinal))
                || GlobPattern.IsMatch(wanted, text)
            );
    }
}
