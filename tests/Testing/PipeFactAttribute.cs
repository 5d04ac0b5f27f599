using System.Diagnostics;
using Xunit;

namespace Gateway.Testing;

/// <summary>
/// A fact that needs a named pipe, which hangs whoever opens it for reading as a lost network disk does, until somebody opens it for
/// writing. Skipped, and it says so, where none can be made.
/// </summary>
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

    /// <summary>False where there are no pipes here.</summary>
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

    /// <summary>Lets go what hangs at the pipe, with nothing to read, until the task has ended.</summary>
    public static async Task ReleaseAsync(string path, Task hanging)
    {
        while (!hanging.IsCompleted)
        {
            await using var end = new FileStream(path, FileMode.Open, FileAccess.ReadWrite); // Its closing is the end of the file.
            await Task.Yield();
        }
    }
}
