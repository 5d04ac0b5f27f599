using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Artifacts;

/// <summary>Where packs lie. The names are those of Gait, so that scripts that were written for it go on working.</summary>
internal static class ArtifactPaths
{
    /// <summary>Below the working directory.</summary>
    public const string Folder = "gait-out";

    /// <summary>Where pairs of keys lie that nobody named another place for.</summary>
    public static string KeyFolder { get; } = Path.Combine(Folder, "keys");

    public static string PackName(string runId) => $"runpack_{runId}.zip";

    /// <summary>
    /// A run's name or a path, as a path. A run's pack is looked for in <see cref="Folder"/>, then in the home folder's
    /// <c>.gait/runpacks</c>.
    /// </summary>
    public static string Resolve(string runOrPath)
    {
        if (!RunIds.IsRunId(runOrPath) || Path.Exists(runOrPath))
        {
            return runOrPath;
        }

        var here = Path.Combine(Folder, PackName(runOrPath));
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".gait", "runpacks", PackName(runOrPath));
        return File.Exists(here) || !File.Exists(home) ? here : home;
    }

    /// <summary>Comma-separated paths or runs, each resolved; a folder stands for its files of that pattern, by name.</summary>
    /// <exception cref="InvalidInputException">A path leads to nothing.</exception>
    public static IReadOnlyList<string> ResolveAll(string? list, string pattern)
    {
        var paths = new List<string>();
        foreach (var item in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var path = Resolve(item);
            if (Directory.Exists(path))
            {
                paths.AddRange(Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal));
            }
            else
            {
                paths.Add(
                    File.Exists(path)
                        ? path
                        : throw new InvalidInputException($"There is no file '{path}'.", "Name a run, a file or a folder.")
                );
            }
        }

        return paths;
    }
}
