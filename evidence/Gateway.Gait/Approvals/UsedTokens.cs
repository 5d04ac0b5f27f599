using Gateway.Evidence.Log.Files;

namespace Gateway.Gait.Approvals;

/// <summary>
/// Which approvals were used: a folder with an empty file for each, named after the token. The file system decides a race.
/// </summary>
public sealed class UsedTokens(string folder)
{
    private const int MaxName = 128;

    /// <summary>
    /// Marks all as used. One that was used before, or has no name that a file can have, makes it false; those marked before it stay
    /// marked.
    /// </summary>
    /// <exception cref="IOException">It couldn't be written: nothing may go ahead.</exception>
    public bool TryUse(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Directory.CreateDirectory(folder);
        foreach (var token in tokens)
        {
            if (!IsName(token) || !TryMark(Path.Combine(folder, token)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryMark(string file)
    {
        if (Create(file) is not { } mark)
        {
            return false;
        }

        using (mark)
        {
            FileSync.Flush(mark);
            return true;
        }
    }

    private static FileStream? Create(string file)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    private static bool IsName(string token) =>
        token.Length is > 0 and <= MaxName && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
