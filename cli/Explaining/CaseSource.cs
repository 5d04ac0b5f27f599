using Gateway.Cli.Results;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Cli.Explaining;

/// <summary>The files that questions and cases stand in, and what reading them must come to.</summary>
internal static class CaseSource
{
    /// <exception cref="InvalidInputException">It can't be read, or is too long.</exception>
    public static SourceFile Read(string file)
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

    /// <exception cref="InvalidInputException">There are errors, all of which are said, or nothing was read.</exception>
    public static IReadOnlyList<T> Demand<T>(IReadOnlyList<T> read, IReadOnlyList<GovernanceError> errors, string problem, string remedy) =>
        errors.Count > 0 ? throw new InvalidInputException([.. errors.Select(CommandError.From)])
        : read.Count > 0 ? read
        : throw new InvalidInputException(problem, remedy);
}
