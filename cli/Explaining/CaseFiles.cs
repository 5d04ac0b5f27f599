using Gateway.Authoring.Cases;
using Gateway.Authoring.Questions;
using Gateway.Cli.Results;
using Gateway.Policy.Compilation;

namespace Gateway.Cli.Explaining;

/// <summary>Questions and cases in files.</summary>
internal static class CaseFiles
{
    /// <exception cref="InvalidInputException">The file can't be read, holds no question, or has errors: all of them are said.</exception>
    public static IReadOnlyList<Question> ReadQuestions(string file, Snapshot snapshot, TimeProvider time)
    {
        var result = QuestionReader.Read([CaseSource.Read(file)], snapshot, time.GetUtcNow());
        return CaseSource.Demand(
            result.Items,
            result.Errors,
            "There is no intent in what was given.",
            "Write agent, connector and operation, one intent a document."
        );
    }

    /// <exception cref="InvalidInputException">A file can't be read, there is no case, or there are errors: all of them are
    /// said.</exception>
    public static IReadOnlyList<PolicyCase> ReadCases(IReadOnlyList<string> files, Snapshot snapshot, TimeProvider time)
    {
        var result = PolicyCaseReader.Read([.. files.Select(CaseSource.Read)], snapshot, time.GetUtcNow());
        return CaseSource.Demand(
            result.Items,
            result.Errors,
            "There is no case in what was given.",
            "Write name, intent and the wanted answer, one case a document."
        );
    }

    /// <summary>The same for cases of a rule file.</summary>
    /// <exception cref="InvalidInputException">A file can't be read, there is no case, or there are errors: all of them are
    /// said.</exception>
    public static IReadOnlyList<RuleCase> ReadRuleCases(IReadOnlyList<string> files, TimeProvider time)
    {
        var result = RuleCaseReader.Read([.. files.Select(CaseSource.Read)], time.GetUtcNow());
        return CaseSource.Demand(
            result.Items,
            result.Errors,
            "There is no case in what was given.",
            "Write name, intent and the wanted answer, one case a document."
        );
    }
}
