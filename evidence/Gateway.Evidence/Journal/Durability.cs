namespace Gateway.Evidence.Journal;

/// <summary>What a record must survive before an append completes. The zero value is the stronger.</summary>
public enum Durability
{
    /// <summary>On the disk: survives a loss of power.</summary>
    Synced = 0,

    /// <summary>In the system's page cache: survives the end of the process, however it comes.</summary>
    Written = 1,
}
