using Gateway.Policy.Documents;

namespace Gateway.Authoring.Cases;

/// <summary>The fields that every case has.</summary>
internal static class CaseFields
{
    private const int MaxName = 256;

    public static string Name(MappingReader reader) => reader.Required("name", Formats.Text(MaxName));

    /// <summary>
    /// Whether a case writes its action under <c>intent</c>, and not several under <c>intents</c>. Both at once are an error.
    /// </summary>
    public static bool IsOne(MappingReader reader)
    {
        if (reader.Has("intent") == reader.Has("intents"))
        {
            reader.Fail(
                "intent",
                reader.Has("intent") ? "There is an intent and a list of intents." : "It is missing.",
                "Write intent: {…}, or a list under intents."
            );
            reader.Ignore("intent", "intents");
            return true;
        }

        return reader.Has("intent");
    }

    public static IReadOnlyList<T> One<T>(MappingReader reader, Func<MappingReader, T> read)
        where T : class => reader.Has("intent") && !reader.Has("intents") && reader.Section("intent", read) is { } one ? [one] : [];
}
