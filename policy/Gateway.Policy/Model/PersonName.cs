namespace Gateway.Policy.Model;

/// <summary>When two names in documents are one person's.</summary>
public static class PersonName
{
    private const string OfThisMachine = "OS:";

    /// <summary>
    /// One text for one person, however the name is spaced, capitalised or composed; empty for nobody. A user of the machine,
    /// <c>os:ada</c>, is the person of that name: or who owns an agent could approve its actions by a command.
    /// </summary>
    public static string Of(string? name)
    {
        var text = string.Join(
            ' ',
            (name ?? "")
                .Normalize(System.Text.NormalizationForm.FormKC)
                .ToUpperInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        return text.StartsWith(OfThisMachine, StringComparison.Ordinal) ? text[OfThisMachine.Length..] : text;
    }
}
