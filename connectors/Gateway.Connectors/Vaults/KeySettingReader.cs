using System.Text;

namespace Gateway.Connectors.Vaults;

/// <summary>Finds a key setting's text: the setting itself, or the file that <c>{setting}_FILE</c> names.</summary>
internal static class KeySettingReader
{
    /// <value>The largest key file, in bytes.</value>
    private const int MaxFileBytes = 4096;

    /// <summary>Null where neither is set, and where an error was added.</summary>
    public static string? Read(string setting, IReadOnlyDictionary<string, string?> settings, List<KeyError> errors)
    {
        var text = settings.GetValueOrDefault(setting);
        var fileSetting = setting + "_FILE";
        var file = settings.GetValueOrDefault(fileSetting);
        if (text is not null && file is not null)
        {
            errors.Add(
                new KeyError($"{setting} and {fileSetting}", "are both set.", "Keep one: nobody should have to guess which counts.")
            );
            return null;
        }

        if (file is not null)
        {
            text = ReadFile(fileSetting, file, errors);
        }

        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            errors.Add(
                new KeyError(file is null ? setting : fileSetting, "is set, but there is nothing in it.", "Give it a key, or don't set it.")
            );
            return null;
        }

        return text;
    }

    /// <summary>A small file's text without the white space at its end; null where an error was added.</summary>
    public static string? ReadFile(string setting, string file, List<KeyError> errors)
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
