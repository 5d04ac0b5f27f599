using Gateway.Authoring.Cases;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;

namespace Gateway.Authoring.Questions;

/// <summary>
/// Reads questions from YAML or JSON, one a document: the fields of a case's intent, with its facts and without a wanted answer. Pure;
/// never throws for any text.
/// </summary>
public static class QuestionReader
{
    /// <param name="now">The moment of judging where a question names none.</param>
    public static QuestionResult Read(IReadOnlyList<SourceFile> files, Snapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(snapshot);
        var errors = new ErrorList();
        var intents = new CaseIntentFields(snapshot);
        var questions = CaseDocument.Read(
            files,
            errors,
            reader => new Question(
                reader.Has("name") ? CaseFields.Name(reader) : reader.Position.ToString(),
                intents.Read(reader).Intent,
                PolicyCaseReader.ReadFacts(reader, now),
                reader.Position
            )
        );
        return errors.Count > 0 ? new QuestionResult([], errors.InOrder()) : new QuestionResult(questions, []);
    }
}
