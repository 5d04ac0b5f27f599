namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Whether a workspace lies below a prefix. Read widely, <c>/repo</c> also begins <c>/repo-evil</c>: that restricts and doesn't allow.
/// </summary>
internal static class WorkspaceMatching
{
    public static RuleFit Fit(IReadOnlyList<string> prefixes, string workspace)
    {
        if (prefixes.Count == 0)
        {
            return RuleFit.Certain;
        }

        var clean = CleanedPath.ForMatching(workspace);
        var perhaps = false;
        for (var i = 0; i < prefixes.Count; i++)
        {
            var (written, below) = (
                workspace.StartsWith(prefixes[i], StringComparison.Ordinal),
                CleanedPath.IsAtOrBelow(clean, prefixes[i])
            );
            if (written && below)
            {
                return RuleFit.Certain;
            }

            perhaps |= written || below || CleanedPath.IsAtOrBelow(clean, CleanedPath.ForMatching(prefixes[i]));
        }

        return perhaps ? RuleFit.Uncertain : RuleFit.No;
    }
}
