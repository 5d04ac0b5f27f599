using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

/// <summary>One class under this repository's own build settings, in a folder that may be a git repository, with tags of its own.</summary>
internal sealed class Checkout : IDisposable
{
    private static readonly string[] Settings = ["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json"];

    private readonly TemporaryDirectory _folder = new();

    public Checkout()
    {
        Fill(Root);
    }

    public string Root => _folder.Path;

    /// <summary>Puts the class and the settings into a folder.</summary>
    public static void Fill(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Settings)
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder, file));
        }

        File.WriteAllText(Path.Combine(folder, "Built.csproj"), """<Project Sdk="Microsoft.NET.Sdk" />""");
        File.WriteAllText(
            Path.Combine(folder, "Built.cs"),
            "namespace Built;\n\n/// <summary>Nothing.</summary>\npublic static class Nothing;\n"
        );
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "bin/\nobj/\n");
    }

    /// <summary>Runs git in the folder, as somebody.</summary>
    /// <returns>What it says.</returns>
    public Task<string> GitAsync(params string[] args) =>
        TrimmedAsync(["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", .. args]);

    /// <returns>The version that a build of the folder gives the program, with the commit behind a plus.</returns>
    public static async Task<string> BuiltVersionAsync(string folder)
    {
        // Said here: in the environment, where make leaves it, a configuration would be taken for the build's too.
        await Programs.OutputAsync(
            folder,
            ["dotnet", "build", "-c", "Release", "-v", "q", "--nologo", "--disable-build-servers", "-nodeReuse:false"]
        );
        var built = Path.Combine(folder, "bin", "Release", "net10.0", "Built.dll");
        return FileVersionInfo.GetVersionInfo(built).ProductVersion!;
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> TrimmedAsync(string[] line) => (await Programs.OutputAsync(Root, line)).Trim();
}
