using Xunit;

namespace Gateway.Testing;

/// <summary>
/// A fact about the code as it is shipped; skipped, and it says so, in a Debug build, which comes to assertions too, and to steps that the
/// compiler takes out otherwise.
/// </summary>
public sealed class ReleaseFactAttribute : FactAttribute
{
#if DEBUG
    public ReleaseFactAttribute() => Skip = "needs a Release build: dotnet test -c Release";
#endif
}
