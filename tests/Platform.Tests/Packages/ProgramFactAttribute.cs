namespace Gateway.Platform.Tests.Packages;

/// <summary>A fact that needs a program; skipped, and it says so, where that isn't installed.</summary>
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program, string package)
    {
        string[] folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin"];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Skip = $"needs {program}: install Debian's {package}";
        }
    }
}
