using System.Text;

namespace Gateway.Policy.Model;

/// <summary>One person, however the name is spelt: who signs, owns or approves is compared by this.</summary>
public static class Person
{
    private const string OfThisMachine = "OS:";

    /// <summary>
    /// The form that is equal for one person however the name is spaced, capitalised or composed. A user of the machine, <c>os:ada</c>, is
    /// the person of that name: or who owns an agent could approve its actions by a command.
    /// </summary>
    public static string Key(string? name)
    {
        var key = string.Join(
            ' ',
            (name ?? "")
                .Normalize(NormalizationForm.FormKC)
                .ToUpperInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        return key.StartsWith(OfThisMachine, StringComparison.Ordinal) ? key[OfThisMachine.Length..] : key;
    }
}
