using Gateway.Administration.Tests.Console;
using Gateway.Testing;

namespace Gateway.Administration.Tests.Stories;

/// <summary>A fact that needs Chromium and a network namespace; skipped, and it says so, where one can't be had.</summary>
public sealed class StoryFactAttribute : FactAttribute
{
    public StoryFactAttribute()
    {
        if (!File.Exists(Chromium.Program))
        {
            Skip = "needs Chromium (Debian: chromium)";
        }
        else if (!NetworkNamespace.IsPossible)
        {
            Skip = "needs network namespaces (Debian: iproute2, and root)";
        }
    }
}
