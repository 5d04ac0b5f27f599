using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Gateway.Testing;

/// <summary>
/// A fact that needs bubblewrap, a kernel that lets it, and a checkout that a sandbox doesn't hide; skipped, and it says so, where one of
/// them is missing.
/// </summary>
public sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute()
    {
        if (!IsThere())
        {
            Skip = "needs bubblewrap (apt install bubblewrap), and a kernel that lets it make namespaces";
        }
        else if (Repository.Root.StartsWith("/tmp/", StringComparison.Ordinal))
        {
            Skip = "the programs of the tests lie with the checkout under /tmp, of which a sandbox has one of its own";
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
