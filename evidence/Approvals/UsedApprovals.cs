using System.Text;

namespace Gateway.Evidence.Approvals;

/// <summary>Which approvals were used: a file for each in a folder, made once. Of any number of processes that use one token, one succeeds.</summary>
/// <param name="folder">Made where it isn't there. Whoever can write it can undo a use: it belongs to whoever judges, not to the agent.</param>
public sealed class UsedApprovals(string folder)
{
    /// <param name="tokenId">Of a token that is valid: hexadecimal digits.</param>
    /// <exception cref="ArgumentException">It is no token's id.</exception>
    public bool IsUsed(string tokenId) => File.Exists(FileOf(tokenId));

    /// <summary>Uses a token; false where it was used before. What this returns is on the disk.</summary>
    /// <exception cref="IOException">It can't be noted, so the token mustn't count.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public bool TryUse(string tokenId, DateTimeOffset at)
    {
        var file = FileOf(tokenId);
        Directory.CreateDirectory(folder);
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(Encoding.ASCII.GetBytes(at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }

        Journal.DirectorySync.Flush(folder);
        return true;
    }

    private string FileOf(string tokenId) => tokenId.Length > 0 && tokenId.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(folder, tokenId + ".used")
        : throw new ArgumentException("It isn't a token's id.", nameof(tokenId));
}
