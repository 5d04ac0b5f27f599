using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Questions;

namespace Gateway.Policy.Cases;

/// <summary>Reads cases for governance documents from YAML, one a document: a question, or several under <c>intents</c>, and <c>want</c>. Pure; never throws for any text.</summary>
public static class PolicyCaseReader
{
    /// <param name="now">The moment of judging where a case names none.</param>
    public static PolicyCaseResult Read(IReadOnlyList<SourceFile> files, Snapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(snapshot);
        var errors = new ErrorList();
        var cases = CaseDocument.Read(files, errors, reader => new PolicyCase(
            CaseDocument.Name(reader), QuestionFields.ReadAll(reader, snapshot, now), WantedFields.Read(reader, CaseWords.Reason), reader.Position));
        return errors.Count > 0 ? new PolicyCaseResult([], errors.InOrder()) : new PolicyCaseResult(cases, []);
    }
}
