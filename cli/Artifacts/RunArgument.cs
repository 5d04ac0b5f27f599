using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Cli.Artifacts;

/// <summary>A run, by its name or by its pack's path.</summary>
internal static class RunArgument
{
    public static Argument<string> Create(string name) =>
        PathArgument.Create(name, "A run's name, such as run_demo, or the path of its pack.", required: true);

    public static Option<string> From() =>
        new("--from")
        {
            Description = "A run's name, such as run_demo, or the path of its pack.",
            HelpName = "run",
            Required = true,
        };

    /// <summary>The pack, whole and true to its manifest; signatures aren't looked at.</summary>
    /// <exception cref="InvalidInputException">The file can't be read.</exception>
    /// <exception cref="VerificationFailedException">The pack isn't whole.</exception>
    public static Runpack Read(string runOrPath, out string path)
    {
        path = ArtifactPaths.Resolve(runOrPath);
        var reading = RunpackReader.Read(ArtifactFile.Read(path, PackLimits.ArchiveBytes));
        return reading.TryGet(out var pack) ? pack : throw new VerificationFailedException(path, reading.Problem!);
    }
}
