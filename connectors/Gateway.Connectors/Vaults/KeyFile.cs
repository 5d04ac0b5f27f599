using System.Text;

namespace Gateway.Connectors.Vaults;

/// <summary>Reads a mounted file that holds keys, such as a Kubernetes secret.</summary>
internal static class KeyFile
{
    /// <value>The largest key file, in bytes.</value>
    private const int MaxFileBytes = 4096;

    /// <summary>A small file's text without the white space at its end; null where an error was added.</summary>
    public static string? Read(string setting, string file, List<KeyError> errors)
    {
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
            {
                errors.Add(
                    new KeyError(setting, $"names '{file}', which is over {MaxFileBytes} bytes.", "Name a file that holds keys only.")
                );
                return null;
            }

            return File.ReadAllText(file, Encoding.ASCII).TrimEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add(
                new KeyError(
                    setting,
                    $"names '{file}', which can't be read ({e.GetType().Name}).",
                    "Mount it, and let this process read it."
                )
            );
            return null;
        }
    }
}
