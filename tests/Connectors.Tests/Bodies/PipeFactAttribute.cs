using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Bodies;

/// <summary>A fact that needs a named pipe; skipped, and it says so, where none can be made.</summary>
public sealed class PipeFactAttribute : FactAttribute
{
    public PipeFactAttribute()
    {
        using var folder = new TemporaryDirectory();
        if (!Make(folder.File("pipe")))
        {
            Skip = "needs mkfifo";
        }
    }

    public static bool Make(string path)
    {
        try
        {
            using var process = Process.Start("mkfifo", [path]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }
}
