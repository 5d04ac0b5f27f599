using Gateway.Authoring.Cases;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Questions;

/// <summary>An intent with facts, as somebody wrote it down to ask what would be decided.</summary>
/// <param name="Name">Where it is shown; its place in the file where it has none.</param>
public sealed record Question(string Name, Intent Intent, Facts Facts, SourcePosition Source);

/// <summary>
/// Reads questions from YAML or JSON, one a document: the fields of a case's intent, with its facts and without a wanted answer. Pure;
/// never throws for any text.
/// </summary>
public static class QuestionReader
{
    /// <param name="now">The moment of judging where a question names none.</param>
    public static ReadResult<Question> Read(IReadOnlyList<SourceFile> files, Snapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(snapshot);
        var intents = new CaseIntentFields(snapshot);
        return CaseDocument.Read(
            files,
            reader => new Question(
                reader.Has("name") ? CaseFields.Name(reader) : reader.Position.ToString(),
                intents.Read(reader).Intent,
                PolicyCaseReader.ReadFacts(reader, now),
                reader.Position
            )
        );
    }
}
