using Gateway.Authoring.Cases;
using Gateway.Authoring.Questions;
using Gateway.Cli.Results;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Cli.Explaining;

/// <summary>Questions and cases in files.</summary>
internal static class CaseFiles
{
    /// <exception cref="InvalidInputException">The file can't be read, holds no question, or has errors: all of them are said.</exception>
    public static IReadOnlyList<Question> ReadQuestions(string file, Snapshot snapshot, TimeProvider time)
    {
        var result = QuestionReader.Read([ReadFile(file)], snapshot, time.GetUtcNow());
        return Demand(
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
        var result = PolicyCaseReader.Read([.. files.Select(ReadFile)], snapshot, time.GetUtcNow());
        return Demand(
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
        var result = RuleCaseReader.Read([.. files.Select(ReadFile)], time.GetUtcNow());
        return Demand(
            result.Items,
            result.Errors,
            "There is no case in what was given.",
            "Write name, intent and the wanted answer, one case a document."
        );
    }

    private static IReadOnlyList<T> Demand<T>(
        IReadOnlyList<T> read,
        IReadOnlyList<GovernanceError> errors,
        string problem,
        string remedy
    ) =>
        errors.Count > 0 ? throw new InvalidInputException([.. errors.Select(CommandError.From)])
        : read.Count > 0 ? read
        : throw new InvalidInputException(problem, remedy);

    private static SourceFile ReadFile(string file)
    {
        try
        {
            return new FileInfo(file).Length <= SourceFile.MaxBytes
                ? new SourceFile(file, File.ReadAllText(file))
                : throw new InvalidInputException($"'{file}' is over {SourceFile.MaxBytes} bytes.", "Divide it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{file}' can't be read: {e.Message}", "Name a file that this process may read.");
        }
    }
}
