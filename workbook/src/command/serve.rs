//! Serving the book on this machine, built anew when its sources change.

use super::changes::{self, Changes};
use super::error::{CommandError, ServeError};
use crate::project::Project;
use axum::Router;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;
use tower_http::services::ServeDir;
use tower_livereload::{LiveReloadLayer, Reloader};

/// What a change in these can alter a page.
const WATCHED: [&str; 9] = [
    "book/src",
    "book/exercises",
    "book/theme",
    "book/book.toml",
    "chapters",
    "derivation/src",
    "src",
    "tests/checks/src",
    "workbook/src",
];

pub(super) fn serve(
    project: &Project,
    port: u16,
    open: bool,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let taken = |why| ServeError::Port { port, why };
    let listener =
        std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(taken)?;
    let address = format!("http://{}", listener.local_addr().map_err(taken)?);
    listener.set_nonblocking(true).map_err(ServeError::Server)?;
    let built = rebuild(project)?;
    if !built && !project.html().join("index.html").exists() {
        writeln!(output, "The book is not built yet; its errors stand above. Waiting for a change.")?;
    }
    writeln!(output, "Serving the book at {address} (Ctrl-C ends it)")?;
    output.flush()?;

    let layer = LiveReloadLayer::new();
    let reloader = layer.reloader();
    let changes = changes::of(&WATCHED.map(|place| project.root().join(place))).map_err(ServeError::Watch)?;
    let watched = project.clone();
    std::thread::spawn(move || watch(&watched, &changes, &reloader));
    if open {
        open_browser(&address);
    }
    run(listener, project.html().as_path(), layer).map_err(ServeError::Server)?;
    Ok(())
}

/// Rebuilds on each change, until nobody sends any.
fn watch(project: &Project, changes: &Changes, reloader: &Reloader) {
    while changes.wait() {
        match rebuild(project) {
            Ok(true) => reloader.reload(),
            Ok(false) => eprintln!("The pages are those of the last good build."),
            Err(why) => eprintln!("error: {why}"),
        }
    }
}

/// Builds in a child, so that changed Rust code counts too. Did it succeed?
fn rebuild(project: &Project) -> Result<bool, ServeError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .current_dir(project.root())
        .args(["run", "--release", "--quiet", "--package", "workbook", "--", "build"])
        .status()
        .map(|status| status.success())
        .map_err(ServeError::Cargo)
}

fn run(listener: std::net::TcpListener, pages: &Path, layer: LiveReloadLayer) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let pages = Router::new().fallback_service(ServeDir::new(pages)).layer(layer);
        axum::serve(listener, pages).await
    })
}

/// Opens an address in the user's browser; if that fails, the address was printed.
fn open_browser(address: &str) {
    let (program, arguments): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    if let Err(why) = Command::new(program).args(arguments).arg(address).spawn() {
        eprintln!("The browser cannot be opened ({why}); the address is {address}");
    }
}
