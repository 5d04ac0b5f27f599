namespace Gateway.Policy.Model;

/// <summary>When two names in documents are one person's.</summary>
internal static class PersonName
{
    /// <summary>One text for one person, however the name is spaced, capitalised or composed; empty for nobody.</summary>
    public static string Of(string? name) =>
        string.Join(
            ' ',
            (name ?? "")
                .Normalize(System.Text.NormalizationForm.FormKC)
                .ToUpperInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
