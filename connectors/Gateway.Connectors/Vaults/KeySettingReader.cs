namespace Gateway.Connectors.Vaults;

/// <summary>Finds a key setting's text: the setting itself, or the file that <c>{setting}_FILE</c> names.</summary>
internal static class KeySettingReader
{
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
            text = KeyFile.Read(fileSetting, file, errors);
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
}
