using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>Reads cases for governance documents from YAML, one a document. Pure; never throws for any text.</summary>
public static class PolicyCaseReader
{
    private const int MaxIntents = 1000;

    /// <param name="now">The moment of judging where a case names none.</param>
    public static PolicyCaseResult Read(IReadOnlyList<SourceFile> files, Snapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(snapshot);
        var errors = new ErrorList();
        var intents = new CaseIntentFields(snapshot);
        var cases = CaseDocument.Read(files, errors, reader => ReadCase(reader, intents, now));
        return errors.Count > 0 ? new PolicyCaseResult([], errors.InOrder()) : new PolicyCaseResult(cases, []);
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
            facts.OptionalValue("level", Vocabulary.Level.Format)
        );

    private sealed record FactsHolder(Facts Facts);
}
