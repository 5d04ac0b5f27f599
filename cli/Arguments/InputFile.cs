using Gateway.Cli.Results;

namespace Gateway.Cli.Arguments;

/// <summary>A small text file that an option names.</summary>
internal static class InputFile
{
    /// <value>Bytes: room for any key.</value>
    private const int MaxBytes = 64 * 1024;

    /// <exception cref="InvalidInputException">It can't be read, or it is too long.</exception>
    public static async Task<string> ReadTextAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(file).Length <= MaxBytes
                ? await File.ReadAllTextAsync(file, cancellationToken)
                : throw new InvalidInputException($"'{file}' is over {MaxBytes} bytes.", "Name the file that holds the key alone.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{file}' can't be read: {e.Message}", "Name a file that this process may read.");
        }
    }
}
