using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Stops a start with a setting that is out of bounds.</summary>
internal static class SettingBounds
{
    /// <exception cref="SharedStateException">The setting doesn't hold.</exception>
    public static void Require(bool holds, string setting, string bounds)
    {
        if (!holds)
        {
            throw new SharedStateException($"The shared state's setting {setting} is out of bounds: it must be {bounds}.");
        }
    }
}
