namespace Gateway.Cli.Settings;

/// <summary>
/// Tells settings from a command's own options: a setting's name has a colon in it, as in <c>--Gateway:Data:Path=/var/lib/gateway</c>. They
/// may stand anywhere before <c>--</c>, and are read as ASP.NET reads them. What stands behind that is another program's command line.
/// </summary>
internal static class SettingArguments
{
    /// <returns>The settings, each as one <c>--name=value</c>, and all other arguments in their order.</returns>
    public static (IReadOnlyList<string> Settings, string[] Others) Split(IReadOnlyList<string> args)
    {
        var settings = new List<string>();
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--")
            {
                rest.AddRange(args.Skip(i));
                break;
            }

            if (!IsSetting(args[i]))
            {
                rest.Add(args[i]);
            }
            else if (args[i].Contains('=', StringComparison.Ordinal) || i + 1 == args.Count)
            {
                settings.Add(args[i]);
            }
            else
            {
                settings.Add($"{args[i]}={args[++i]}");
            }
        }

        return (settings, [.. rest]);
    }

    private static bool IsSetting(string argument)
    {
        // Of the name alone: a value may well be a path with a space, and what has one before any '=' is a text that begins with dashes.
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = argument.AsSpan(0, equals < 0 ? argument.Length : equals);
        return name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':') && !name.Contains(' ');
    }
}
