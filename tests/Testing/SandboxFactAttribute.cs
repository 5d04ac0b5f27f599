using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Gateway.Testing;

/// <summary>A fact that needs bubblewrap, and a kernel that lets it; skipped, and it says so, where there is none.</summary>
public sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute()
    {
        if (!IsThere())
        {
            Skip = "needs bubblewrap (apt install bubblewrap), and a kernel that lets it make namespaces";
        }
    }

    private static bool IsThere()
    {
        try
        {
            using var process = Process.Start("bwrap", ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--", "true"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
