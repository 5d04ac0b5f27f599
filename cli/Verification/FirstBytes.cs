using Gateway.Evidence.Log.Files;

namespace Gateway.Cli.Verification;

/// <summary>The beginning of a file, to tell its kind by.</summary>
internal static class FirstBytes
{
    private const int Length = 512;

    /// <returns>Empty where there is no such file, or it can't be read.</returns>
    public static byte[] Read(string path)
    {
        try
        {
            return RegularFile.Read(path, Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
