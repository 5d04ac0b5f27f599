using Gateway.Cli.Results;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Questions;

namespace Gateway.Cli.Explaining;

/// <summary>Questions in files.</summary>
internal static class Questions
{
    /// <exception cref="InvalidInputException">A file can't be read, holds no question, or has errors: all of them are said.</exception>
    public static IReadOnlyList<Question> Read(IReadOnlyList<string> files, Snapshot snapshot, TimeProvider time)
    {
        var result = QuestionReader.Read([.. files.Select(ReadFile)], snapshot, time.GetUtcNow());
        if (result.Errors.Count > 0)
        {
            throw new InvalidInputException([.. result.Errors.Select(CommandError.From)]);
        }

        return result.Questions.Count > 0
            ? result.Questions
            : throw new InvalidInputException("There is no intent in what was given.", "Write agent, connector and operation, one intent a document.");
    }

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
