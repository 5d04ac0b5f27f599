using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>What somebody wants to be decided about one or more actions under governance documents. Immutable.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Intents">At least one: all must get the wanted answer.</param>
/// <param name="Source">Where the case begins.</param>
public sealed record PolicyCase(string Name, IReadOnlyList<CaseIntent> Intents, Facts Facts, WantedAnswer Wanted, SourcePosition Source);

/// <summary>One of a case's actions.</summary>
/// <param name="Source">Where it is written.</param>
public sealed record CaseIntent(Intent Intent, SourcePosition Source);

/// <summary>Reads cases for governance documents from YAML, one a document. Pure; never throws for any text.</summary>
public static class PolicyCaseReader
{
    private const int MaxIntents = 1000;

    /// <param name="now">The moment of judging where a case names none.</param>
    public static ReadResult<PolicyCase> Read(IReadOnlyList<SourceFile> files, Snapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(snapshot);
        var intents = new CaseIntentFields(snapshot);
        return CaseDocument.Read(files, reader => ReadCase(reader, intents, now));
    }

    private static PolicyCase ReadCase(MappingReader reader, CaseIntentFields intents, DateTimeOffset now) =>
        new(
            CaseFields.Name(reader),
            CaseFields.IsOne(reader)
                ? CaseFields.One(reader, intents.Read)
                : reader.Sections("intents", intents.Read, least: 1, MaxIntents),
            ReadFacts(reader, now),
            WantedFields.Read(reader, CaseWords.Reason),
            reader.Position
        );

    /// <summary>Of the section <c>facts</c>, which may be left out.</summary>
    internal static Facts ReadFacts(MappingReader reader, DateTimeOffset now) =>
        reader.Section("facts", facts => new FactsHolder(ReadFields(facts, now)))?.Facts ?? new Facts(null, now);

    private static Facts ReadFields(MappingReader facts, DateTimeOffset now) =>
        new(
            facts.OptionalValue("status", Vocabulary.Status.Format),
            facts.OptionalValue("at", CaseWords.Moment) ?? now,
            facts.OptionalValue("level", Vocabulary.Level.Format),
            facts.Has("approvedBy")
                ? new ApprovalFact(
                    "case",
                    TermSet<string>.Of(facts.List("approvedBy", Formats.Text(200), fallback: null, least: 1, most: 20))
                )
                : null
        );

    private sealed record FactsHolder(Facts Facts);
}
